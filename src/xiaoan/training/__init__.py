"""培训、考试、证书. Not built yet."""
