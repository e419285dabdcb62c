"""专项整治 and 通知任务: papers that carry a task. Not built yet."""
