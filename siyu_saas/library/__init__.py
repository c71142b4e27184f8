"""The playbook that everybody reads, and the firm's own questionnaires."""
