"""The yardstick: a bare Flask + SQLAlchemy ORM + Jinja page of 50 tasks with their owners, four SELECTs, about 15 KB.

The template is compiled once, as a real page's is: `render_template_string` would compile it for each request.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from flask import Flask, render_template, session
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><title>{{ project.name }}</title></head><body><h1>{{ project.name }}</h1>
<p>{{ user.name }} · {{ tenant.name }}</p><table>{% for task in tasks %}<tr class="row"><td><a href="/tasks/{{ task.id }}">
{{ task.title }}</a></td><td class="owner"><span class="avatar">{{ task.owner.name[:1] }}</span>{{ task.owner.name }}</td>
<td class="state state-{{ task.state }}">{{ task.state }}</td><td class="num">{{ task.hours }}</td>
<td><a class="button" href="/tasks/{{ task.id }}/edit">编辑</a></td></tr>{% endfor %}</table></body></html>"""


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Tenant(Base):
    __tablename__ = "tenant"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[int]
    name: Mapped[str]


class Task(Base):
    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(index=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    title: Mapped[str]
    state: Mapped[str]
    hours: Mapped[int]
    owner: Mapped[User] = relationship()


def make_app(folder: Path) -> Flask:
    app = Flask("bare")
    app.secret_key = "bare"
    app.jinja_env.loader = DictLoader({"list.html": PAGE})
    engine = sa.create_engine(f"sqlite:///{folder / 'bare.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as rows:
        rows.add_all([*(User(id=n, name=f"成员 {n}") for n in range(1, 21)), Tenant(id=1, name="商家")])
        rows.add(Project(id=1, tenant_id=1, name="项目"))
        rows.add_all(
            Task(project_id=1, owner_id=n % 20 + 1, title=f"任务 {n}：铺设引流触点", state="doing", hours=n)
            for n in range(50)
        )
        rows.commit()

    @app.get("/enter")
    def enter():
        session["user"] = 1
        return "in"

    @app.get("/list")
    def tasks():
        with Session(engine) as rows:
            user = rows.get(User, session["user"])
            tenant = rows.get(Tenant, 1)
            project = rows.get(Project, 1)
            found = rows.scalars(
                sa.select(Task).options(joinedload(Task.owner)).where(Task.project_id == 1).order_by(Task.id).limit(50)
            ).all()
            return render_template("list.html", user=user, tenant=tenant, project=project, tasks=found)

    return app
