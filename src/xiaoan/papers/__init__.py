"""公文: number, approval, issue, verification by QR, withdrawal. Not built yet."""
