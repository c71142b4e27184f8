"""Files that people bring: judged by content on the way in (`content`), kept under our own names (`storage`)."""
