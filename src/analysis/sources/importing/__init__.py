"""Import (导入): checked, de-identified, every row accounted for, all or nothing."""
