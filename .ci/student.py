"""A student: opens a lesson on a Jupyter server over HTTP and its websocket, runs every cell and moves the sliders."""

import asyncio
import json
import time
import uuid

import httpx
from jupyter_server.services.kernels.connection.base import deserialize_binary_message
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

MOVES = 10  # of each slider
PAUSE = 0.1  # seconds between two moves


class Student:
    """One kernel of one server, used as JupyterLab uses it."""

    def __init__(self, browser, server):
        self.browser = browser  # an httpx.AsyncClient that is logged in
        self.server = server  # the address of the Jupyter server, with a slash at its end
        self.models = {}  # state of the widgets, by comm id
        self.started = time.monotonic()
        self.first_output = None

    async def open(self, path):
        """Start a kernel for the lesson and connect to it."""
        self.started = time.monotonic()
        request = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        answer = await self.browser.post(f"{self.server}api/sessions", json=request, headers=self.headers())
        answer.raise_for_status()
        self.session = answer.json()["id"]
        kernel = answer.json()["kernel"]["id"]
        address = f"{self.server}api/kernels/{kernel}/channels?session_id={self.session}".replace("http", "ws", 1)
        upgrade = HTTPRequest(address, headers={"Cookie": self.cookies(), "Origin": self.server, **self.headers()})
        self.socket = await websocket_connect(upgrade, max_message_size=2**26)

    async def close(self):
        """Close the lesson; its kernel ends."""
        self.socket.close()
        await self.browser.delete(f"{self.server}api/sessions/{self.session}", headers=self.headers())

    def cookies(self):
        path = httpx.URL(self.server).path
        fitting = [cookie for cookie in self.browser.cookies.jar if path.startswith(cookie.path)]
        fitting.sort(key=lambda cookie: len(cookie.path), reverse=True)
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting)

    def headers(self):
        """Return what a page of the server sends along to show that it is one, or the token in its place."""
        own = [c.value for c in self.browser.cookies.jar if c.name == "_xsrf" and c.path in self.server]
        return {"X-XSRFToken": own[-1]} if own else {"Authorization": self.browser.headers["Authorization"]}

    async def send(self, kind, content):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "student", "username": "", "version": "5.3"}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self.socket.write_message(json.dumps(message))
        return header["msg_id"]

    async def replies(self, request):
        """Yield the messages that answer a request, until the kernel is idle again."""
        while True:
            data = await self.socket.read_message()
            if data is None:
                raise ConnectionError("the server closed the websocket")
            message = deserialize_binary_message(data) if isinstance(data, bytes) else json.loads(data)
            self.note(message)
            if message["parent_header"].get("msg_id") == request:
                yield message
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    return

    def note(self, message):
        """Remember the widgets and when something was first shown."""
        content = message["content"]
        if message["msg_type"] == "comm_open" and content["target_name"] == "jupyter.widget":
            self.models[content["comm_id"]] = content["data"]["state"]
        elif message["msg_type"] == "comm_msg" and content["comm_id"] in self.models:
            self.models[content["comm_id"]].update(content["data"].get("state", {}))
        elif message["msg_type"] in ("stream", "display_data", "execute_result") and not self.first_output:
            self.first_output = time.monotonic() - self.started

    async def run_all(self, cells):
        """Run code cells in order and return them with the outputs they have then."""
        return [cell | {"outputs": await self.run("".join(cell["source"]))} for cell in cells]

    async def run(self, source):
        """Run a cell and return its outputs as they would stand in the notebook."""
        request = await self.send("execute_request", {"code": source, "silent": False, "store_history": True})
        outputs = []
        async for message in self.replies(request):
            if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                outputs.append({"output_type": message["msg_type"], **message["content"]})
        return outputs

    async def move_sliders(self):
        """Move every slider to and fro; return for each move the seconds until the kernel has answered with a picture.

        No browser draws here, so the kernel does. Moves that redraw nothing do not count.
        """
        latencies = []
        sliders = {comm: state for comm, state in self.models.items() if state["_model_name"].endswith("SliderModel")}
        for comm, state in sliders.items():
            for move in range(MOVES):
                low, high = state["min"], state["max"]
                value = low + (high - low) * (0.3 + 0.4 * move / MOVES)
                if state["_model_name"] == "IntSliderModel":
                    value = round(value)
                elif state["_model_name"] == "FloatLogSliderModel":
                    value = state["base"] ** value
                start = time.monotonic()
                update = {"method": "update", "state": {"value": value}, "buffer_paths": []}
                request = await self.send("comm_msg", {"comm_id": comm, "data": update})
                answers = [message async for message in self.replies(request)]
                if any(is_picture(buffer) for message in answers for buffer in message.get("buffers", ())):
                    latencies.append(time.monotonic() - start)
                await asyncio.sleep(PAUSE)
        return latencies


def is_picture(buffer):
    """Return whether bytes are those of a PNG file."""
    return bytes(buffer[:4]) == b"\x89PNG"
