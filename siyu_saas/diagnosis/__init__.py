"""问卷与诊断: questionnaires asked and answered, scores, findings, and what the merchant nods at."""
