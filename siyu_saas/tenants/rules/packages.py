"""Service packages by key: title and length in days. Source: domain E2."""

PACKAGES = {
    "pkg_community_18k": ("社群启动包", 70),
    "pkg_c2p_9800": ("公转私链路启动包", 35),
    "pkg_userops_48k": ("用户运营深化包", 98),
}
