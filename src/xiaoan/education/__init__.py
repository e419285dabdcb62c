"""What a record kind cannot say of 公共安全教育. Not built yet."""
