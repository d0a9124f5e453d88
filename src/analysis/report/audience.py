"""For whom something is (读者范围), as it is printed."""

EDITIONS = {"internal": "内部版", "public": "公开版"}
