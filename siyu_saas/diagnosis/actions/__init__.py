"""What people do in a diagnosis: ask, answer, judge, agree."""
