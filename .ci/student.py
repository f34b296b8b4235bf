"""A student: opens a lesson on a Jupyter server over HTTP and its websocket, runs every cell and moves the sliders."""

import asyncio
import itertools
import json
import time
import uuid

import httpx
from jupyter_server.services.kernels.connection.base import deserialize_binary_message
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

MOVES = 10  # of each slider
PAUSE = 0.1  # seconds between two moves
PATIENCE = 120  # seconds, where thirty ask at once


class Student:
    """One kernel of one server, used as JupyterLab uses it."""

    def __init__(self, browser, server):
        self.browser = browser  # an httpx.AsyncClient that is logged in
        self.server = server  # the address of the Jupyter server, with a slash at its end
        self.models = {}  # state of the widgets, by comm id
        self.tables = {}  # the keys of the rows that each screen has, by comm id
        self.arriving = None
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
        headers = {"Cookie": self.cookies(), "Origin": self.server, **self.headers()}
        upgrade = HTTPRequest(address, headers=headers, connect_timeout=PATIENCE, request_timeout=PATIENCE)
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
            message = await self.message()
            if message["parent_header"].get("msg_id") == request:
                yield message
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    return

    async def message(self, patience=None):
        """Return the next message, or None where none comes for so many seconds."""
        self.arriving = self.arriving or asyncio.ensure_future(self.socket.read_message())
        await asyncio.wait([self.arriving], timeout=patience)
        if not self.arriving.done():
            return None
        data, self.arriving = self.arriving.result(), None
        if data is None:
            raise ConnectionError("the server closed the websocket")
        message = deserialize_binary_message(data) if isinstance(data, bytes) else json.loads(data)
        self.note(message)
        return message

    async def wait(self, seconds):
        """Hear what comes meanwhile."""
        until = time.monotonic() + seconds
        while await self.message(max(0, until - time.monotonic())):
            pass

    def note(self, message):
        """Remember the widgets, the rows of their screens, and when something was first shown."""
        content = message["content"]
        if message["msg_type"] == "comm_open" and content["target_name"] == "jupyter.widget":
            self.models[content["comm_id"]] = state = content["data"]["state"]
            if "scene" in state:
                self.tables[content["comm_id"]] = {tuple(key) for key, _ in state["scene"].get("rows", [])}
        elif message["msg_type"] == "comm_msg" and content["comm_id"] in self.models:
            said = content["data"].get("content", {})
            rows = said.get("plain") or said.get("rows") or []
            self.tables.get(content["comm_id"], set()).update(tuple(key) for key, _ in rows)
            self.models[content["comm_id"]].update(content["data"].get("state", {}))
        elif message["msg_type"] in ("stream", "display_data", "execute_result") and not self.first_output:
            self.first_output = time.monotonic() - self.started

    async def run_all(self, cells):
        """Run code cells in order and return them with the outputs they have then."""
        return [cell | {"outputs": await self.run("".join(cell["source"]))} for cell in cells]

    async def run(self, source):
        """Run a cell and return its outputs as they would stand in the notebook; what it shows is drawn here."""
        request = await self.send("execute_request", {"code": source, "silent": False, "store_history": True})
        outputs, before = [], set(self.tables)
        async for message in self.replies(request):
            if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                outputs.append({"output_type": message["msg_type"], **message["content"]})
        for screen in set(self.tables) - before:
            await self.tell(screen, {"loads": True})
            await self.tell(screen, {"draws": True})
        return outputs

    async def tell(self, screen, words):
        return await self.send("comm_msg", {"comm_id": screen, "data": {"method": "custom", "content": words}})

    def rails(self, screen):
        """Return the places of each slider that chooses a row."""
        controls = self.models[screen]["scene"]["controls"]
        return [control["stops"] for control in controls if control.get("role") == "row"]

    async def have_all_rows(self):
        """Wait until no slider would have to ask the kernel; give up after PATIENCE seconds without a message."""
        for screen, table in self.tables.items():
            rails = self.rails(screen)
            while rails and not all(key in table for key in itertools.product(*rails)):
                if not await self.message(PATIENCE):
                    raise TimeoutError(f"{len(table)} rows have come, and no more")

    async def move_sliders(self):
        """Move the sliders of every screen, as screen.js does; return for each move the seconds until its row is there.

        That is 0 where the screen has the row; else the kernel is asked. What the browser then takes to draw is not in.
        """
        latencies = []
        for screen, table in self.tables.items():
            rails = self.rails(screen)
            for move in range(MOVES * bool(rails)):
                key = tuple(rail[round((0.3 + 0.4 * move / MOVES) * (len(rail) - 1))] for rail in rails)
                start = time.monotonic()
                if key not in table:
                    await self.tell(screen, {"row": key, "epochs": 20})
                    while key not in table:
                        await self.message()
                latencies.append(time.monotonic() - start)
                await self.wait(PAUSE)
        return latencies
