"""老板一页 among the things that are shared by a link."""

from siyu_saas.papers.links import Share

ONE_PAGE = Share("one_page", "page")
