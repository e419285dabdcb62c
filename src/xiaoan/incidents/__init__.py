"""事件报送、复盘, by their clocks. Not built yet."""
