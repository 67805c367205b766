"""A real JupyterLab and a real Chromium for tests: start, open, run, ask. No test is here."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

LOCAL = ("localhost", "127.0.0.1")
# Slow on purpose: two cores may be shared, and nothing here measures time.
PATIENCE = 120.0

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",  # a container's is often too small
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-extensions",
    "--metrics-recording-only",
    # A test page reads canvases back and waits on animation frames, in a window that nobody sees.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    # What the page's own watcher cannot see (the browser's own requests) finds no host either.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    named = os.environ.get("SAM_WIDGET_CHROMIUM")
    if named:
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@dataclasses.dataclass(frozen=True)
class Lab:
    """A running JupyterLab server; its files live in `root`."""

    url: str
    token: str
    root: Path

    def ask(self, method: str, path: str) -> Any:
        request = urllib.request.Request(
            f"{self.url}{path}", method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def stop_kernels(self, *names: str) -> None:
        """End the kernels of these notebooks; of all, where none is named."""
        for session in self.ask("GET", "api/sessions"):
            if not names or session["path"] in names:
                self.ask("DELETE", f"api/sessions/{session['id']}")

    def is_idle(self, name: str) -> bool:
        """Whether a notebook has a kernel that has nothing to do."""
        sessions = [each for each in self.ask("GET", "api/sessions") if each["path"] == name]
        return [each["kernel"]["execution_state"] for each in sessions] == ["idle"]


@contextlib.contextmanager
def serve(folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Lab]:
    """Start JupyterLab with everything of its own under `folder`, and stop it in the end."""
    root = folder / "root"
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    runtime = folder / "runtime"
    for each in (root, settings, runtime, folder / "home"):
        each.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(
        json.dumps({"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True})
    )
    token = os.urandom(16).hex()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        "HOME": str(folder / "home"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_TOKEN": token,
        # Port 9 is "discard": whatever Python code would fetch from outside fails at once.
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": ",".join(LOCAL),
        "HF_HUB_OFFLINE": "1",
        # Debugging the kernel is not under test, and frozen modules make it warn.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **(more or {}),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        "--expose-app-in-browser",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        f"--ServerApp.root_dir={root}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--KernelSpecManager.ensure_native_kernel=True",
    ]
    log = folder / "lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = _wait_for_server(server, runtime, token, log)
            lab = Lab(url, token, root)
            yield lab
            with contextlib.suppress(urllib.error.URLError):
                lab.stop_kernels()
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for_server(server: subprocess.Popen[bytes], runtime: Path, token: str, log: Path) -> str:
    """Wait until the server answers; the port is the one that it chose itself."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        for file in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, OSError):
                url: str = json.loads(file.read_text())["url"]
                Lab(url, token, runtime).ask("GET", "api/status")
                return url
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-4000:]}")


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start headless Chromium."""
    return playwright.chromium.launch(
        executable_path=executable,
        headless=True,
        args=list(CHROMIUM_ARGUMENTS),
        chromium_sandbox=False,
    )


def is_local(url: str) -> bool:
    """Whether a request stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob", "about"} or parts.hostname in LOCAL


class LabPage:
    """One browser tab with JupyterLab in it, and the notebook that is open there."""

    def __init__(self, lab: Lab, context: BrowserContext) -> None:
        self.lab = lab
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self._kept: str | None = None  # the notebook that the next test may go on with
        context.on("request", lambda request: self._watch(request.url))
        self.page.on("websocket", lambda socket: self._watch(socket.url))
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.goto(f"{lab.url}lab?token={quote(lab.token)}&reset")
        self.page.wait_for_function("() => window.jupyterapp?.restored")
        self.page.evaluate("() => window.jupyterapp.restored.then(() => null)")

    def _watch(self, url: str) -> None:
        if not is_local(url):
            self.strangers.append(url)

    def _complain(self, error: str) -> None:
        # What JupyterLab itself says of a question whose kernel was ended meanwhile.
        if "Canceled future" not in error:
            self.complaints.append(error)

    def command(self, name: str, **arguments: Any) -> None:
        """Carry out one of JupyterLab's own commands."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)",
            [name, arguments],
        )

    def open(self, name: str, cells: list[str], *, side_bar: bool = False) -> Notebook:
        """Write a notebook of these cells, open it alone, and wait for its kernel."""
        import nbformat  # seconds, which tests that open no page would wait for

        path = self.lab.root / f"{name}.ipynb"
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        )
        nbformat.write(notebook, path)
        return self.open_file(path.name, side_bar=side_bar)

    def again(self, name: str, cells: list[str]) -> Notebook:
        """Show these cells in the notebook of the last test, whose kernel knows no name any more.

        A notebook is opened where there is none that is well.
        """
        if self._kept is None:
            name = f"{name}-{id(self)}"  # another tab may have one, too
            notebook = self.open(name, cells)
            self._kept = f"{name}.ipynb"
        else:
            notebook = Notebook(self)
            notebook.execute("'w' in globals() and w.close()\nget_ipython().reset(False)")
            notebook.replace_cells(cells)
        return notebook

    def leave(self) -> None:
        """End a test: a notebook that the next one can go on with stays, if its kernel is idle."""
        if self._kept is None or not self.lab.is_idle(self._kept):
            self.close()
        self.page.mouse.move(0, 0)

    def open_file(self, name: str, *, side_bar: bool = False) -> Notebook:
        """Open a notebook that lies in the server's root folder, alone."""
        self.close()
        if self.page.evaluate("() => window.jupyterapp.shell.leftCollapsed") == side_bar:
            self.command("application:toggle-left-area")  # it takes a third of the room
        self.page.evaluate(
            """async (path) => {
                const app = window.jupyterapp;
                const panel = await app.commands.execute("docmanager:open", {path});
                await panel.context.ready;
                await panel.sessionContext.ready;
                await panel.sessionContext.session.kernel.info;
                window.testPanel = panel;
            }""",
            name,
        )
        return Notebook(self)

    def close(self) -> None:
        """Close all documents without asking, and end their kernels."""
        self._kept = None
        paths = self.page.evaluate(
            """() => {
                const panels = [...window.jupyterapp.shell.widgets("main")];
                const paths = panels.flatMap((panel) => panel.context?.path ?? []);
                for (const panel of panels) {
                    if (panel.context?.model) panel.context.model.dirty = false;
                    panel.close();
                }
                window.testPanel = undefined;
                return paths;
            }"""
        )
        if paths:
            self.lab.stop_kernels(*paths)


class Notebook:
    """The open notebook: run its cells, ask its kernel, look at its page."""

    def __init__(self, lab_page: LabPage) -> None:
        self.lab_page = lab_page
        self.lab = lab_page.lab
        self.page = lab_page.page

    @property
    def file(self) -> Path:
        """Where it lies."""
        path: str = self.page.evaluate("() => window.testPanel.context.path")
        return self.lab.root / path

    @property
    def cells(self) -> Locator:
        return self.page.locator(".jp-Notebook:visible .jp-Cell")

    def run_all(self, *, wait: bool = True) -> None:
        """Run every cell, as the menu does; `wait` until the last has ended."""
        self._run("notebook:run-all-cells", wait=wait)

    def run_cell(self, index: int, *, wait: bool = True) -> None:
        """Run one cell, as Ctrl+Enter does."""
        self.page.evaluate(
            "(index) => { window.testPanel.content.activeCellIndex = index; }", index
        )
        self._run("notebook:run-cell", wait=wait)

    def _run(self, command: str, *, wait: bool) -> None:
        self.page.evaluate(
            """async ([command, wait]) => {
                window.jupyterapp.shell.activateById(window.testPanel.id);
                const run = window.jupyterapp.commands.execute(command);
                if (wait) await run;
            }""",
            [command, wait],
        )

    def add_cell(self, source: str) -> int:
        """Append a code cell; returns its index."""
        return int(
            self.page.evaluate(
                """(source) => {
                    const model = window.testPanel.content.model.sharedModel;
                    model.insertCell(model.cells.length, {cell_type: "code", source});
                    return model.cells.length - 1;
                }""",
                source,
            )
        )

    def replace_cells(self, sources: list[str]) -> None:
        """Make these code cells, which have not run, the only ones."""
        self.page.evaluate(
            """(sources) => {
                const model = window.testPanel.content.model.sharedModel;
                const cells = sources.map((source) => ({cell_type: "code", source}));
                model.insertCells(model.cells.length, cells);
                model.deleteCellRange(0, model.cells.length - cells.length);
            }""",
            sources,
        )

    def execute(self, code: str) -> str:
        """Run code in the kernel beside the cells (it waits its turn); returns what it printed."""
        result = self.page.evaluate(
            """async (code) => {
                const kernel = window.testPanel.sessionContext.session.kernel;
                const future = kernel.requestExecute({code, store_history: false});
                let printed = "";
                future.onIOPub = (m) => {
                    if (m.header.msg_type === "stream") printed += m.content.text;
                };
                const reply = await future.done;
                const failed = reply.content.status === "ok" ? null
                    : `${reply.content.ename}: ${reply.content.evalue}`;
                return {printed, failed};
            }""",
            code,
        )
        if result["failed"]:
            raise RuntimeError(f"In the kernel: {result['failed']}")
        return str(result["printed"])

    def value(self, expression: str) -> Any:
        """Evaluate in the kernel; the value must be JSON."""
        return json.loads(self.execute(f"import json as _j; print(_j.dumps({expression}))"))

    def array(self, expression: str) -> NDArray[Any]:
        """Evaluate in the kernel; the value must be a numpy array."""
        path = self.lab.root / f"array-{os.urandom(4).hex()}.npy"
        self.execute(f"import numpy as _n; _n.save({str(path)!r}, {expression})")
        array: NDArray[Any] = np.load(path)
        path.unlink()
        return array

    def kinds(self) -> list[str]:
        """Each cell's type, in order: what a stray shortcut would change."""
        kinds: list[str] = self.page.evaluate(
            "() => window.testPanel.content.widgets.map((each) => each.model.type)"
        )
        return kinds

    def outputs(self, index: int) -> str:
        """The text that a cell's output area shows."""
        return self.cells.nth(index).locator(".jp-Cell-outputArea").inner_text()

    def restart_kernel(self) -> None:
        self.page.evaluate("() => window.testPanel.sessionContext.restartKernel()")
        self.page.evaluate(
            "() => window.testPanel.sessionContext.session.kernel.info.then(() => null)"
        )
