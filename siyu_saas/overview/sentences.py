"""Audit events as a colleague would tell them."""

SENTENCES = {
    "archive.built": "打包了资料「{label}」",
    "comment.mended": "修改了在「{label}」下的评论",
    "comment.removed": "删除了在「{label}」下的评论",
    "comment.written": "在「{label}」下写了评论",
    "coordinator.named": "把对接人定为{label}",
    "data.entered": "填报了{label}",
    "document.drafted": "起草了{label}",
    "document.edited": "修改了{label}的草稿",
    "document.proposed": "把{label}发给双方签署",
    "document.reopened": "要求修改{label}",
    "document.signed": "签署了{label}",
    "engagement.archived": "归档了服务期「{label}」",
    "engagement.begun": "开始了服务期「{label}」",
    "engagement.paused": "暂停了服务期：{label}",
    "engagement.restored": "恢复了已归档的服务期「{label}」",
    "engagement.resumed": "恢复了服务期（{label}）",
    "file.added": "上传了「{label}」",
    "file.removed": "删除了「{label}」",
    "firm.changed": "修改了机构资料",
    "firm.founded": "创建了「{label}」",
    "invitation.made": "为{label}生成了邀请链接",
    "invitation.revoked": "作废了给{label}的邀请链接",
    "job.retried": "重新运行了任务",
    "kickoff.fixed": "约好了「{label}」的启动会",
    "member.assigned": "把{label}加入了服务团队",
    "member.changed": "调整了{label}的身份",
    "member.joined": "以{label}身份加入了工作区",
    "member.removed": "移除了{label}",
    "member.succeeded": "把这家商家交给{label}",
    "note.bot_added": "添加了群机器人「{label}」",
    "note.bot_removed": "删除了群机器人「{label}」",
    "note.discussed": "在「{label}」下写了仅团队可见的评论",
    "note.discussion_mended": "修改了在「{label}」下仅团队可见的评论",
    "note.discussion_removed": "删除了在「{label}」下仅团队可见的评论",
    "note.file_added": "上传了仅团队可见的「{label}」",
    "note.removed": "删除了一条内部备注",
    "note.written": "写了一条内部备注",
    "paper.printed": "生成了 PDF「{label}」",
    "record.agreed": "建立了{label}",
    "record.changed": "修改了{label}",
    "staff.changed": "调整了同事{label}的职务",
    "staff.joined": "以{label}身份加入了机构",
    "staff.left": "办理了{label}的离职交接",
    "stage.entered": "进入了「{label}」阶段",
}


def told(event) -> dict:
    """An audit event as the feed shows it."""
    return {
        "who": event.actor_name,
        "kind": "system" if event.actor_id is None else "",
        "sentence": sentence_of(event.verb, event.object_label),
        "at": event.at,
    }


def sentence_of(verb: str, label: str) -> str:
    """What happened, without the actor. Raises KeyError for an event that nobody worded."""
    return SENTENCES[verb].format(label=label)
