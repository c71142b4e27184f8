"""Audit events as a colleague would tell them."""

SENTENCES = {
    "archive.built": "打包了资料「{label}」",
    "engagement.begun": "开始了服务期「{label}」",
    "file.added": "上传了「{label}」",
    "file.removed": "删除了「{label}」",
    "job.retried": "重新运行了任务",
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
