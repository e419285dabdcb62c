"""保安 and 护学岗: guards, rosters, equipment. Not built yet."""
