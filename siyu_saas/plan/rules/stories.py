"""What happened to a task, as its page tells it."""

TASK_STORY = {
    "task.added": "增加了任务",
    "task.accepted": "验收通过",
    "task.assigned": "指定了负责人",
    "task.edited": "修改了内容",
    "task.freed": "解除卡住",
    "task.returned": "退回",
    "task.started": "开始",
    "task.stuck": "标为卡住",
    "task.submitted": "提交验收",
}
