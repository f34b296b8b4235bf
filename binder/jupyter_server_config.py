"""A Jupyter server on which sliders answer at once. Whoever installs the course has this file in etc/jupyter.

A server's own connection leaves Nagle's algorithm on: a short message waits until the browser has acknowledged the one
before it, which a system may put off by 40 ms. A slider sends no move before the last one is answered, so it pays each
time. `tests/benchmarks/browser.py` measures both.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A kernel's connection to a browser that sends each message when it is there."""

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c = get_config()  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection
