"""Trains what a PEL-NAS search asks for and tells it the accuracies. Python's standard library is all it needs.

    python ask_and_tell.py http://localhost:7071/api KEY RUN

Replace label_of by your own training. Any number of these may run at once, on any number of machines: no cell is
given to two of them. One that is killed loses its cell until the claim is over; started again under its name, it goes
on with the cell at once.
"""
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request

CLAIM_MINUTES = 240  # longer than one training takes
WAIT_SECONDS = 5


def label_of(label, model_file):
    """Trains a network and returns its validation accuracy, percent: {"accuracy": 91.4}. A search whose device is "told" wants
    the latency too: {"accuracy": 91.4, "latencyMs": 12.6}. label["architecture"] is its notation. In a space of yours you know
    what that stands for, and model_file is None; of a cell it is a PyTorch module:

        spec = importlib.util.spec_from_file_location("model", model_file)
        model = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(model)
        network = model.Network()
        ... your training loop ...
    """
    raise NotImplementedError("replace label_of by your training")


class Search:
    def __init__(self, api, key, run):
        self.api, self.key, self.run = api.rstrip("/"), key, run

    def send(self, method, path, body=None):
        """Sends a request until the server answers: it may be away for a while, and everything here may be sent twice."""
        request = urllib.request.Request(
            f"{self.api}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"x-functions-key": self.key, "content-type": "application/json"},
        )
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as response:
                    return response.read()
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()}")
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(WAIT_SECONDS)

    def claim(self, client):
        labels = json.loads(self.send("POST", f"searches/{self.run}/labels/claims", {"client": client, "count": 1, "minutes": CLAIM_MINUTES}))["labels"]
        return labels[0] if labels else None

    def tell(self, index, **answer):
        self.send("PUT", f"searches/{self.run}/labels/{index}", answer)

    def is_running(self):
        return json.loads(self.send("GET", f"searches/{self.run}"))["status"] in ("pending", "running", "suspended")


def main(api, key, run, client=f"{socket.gethostname()}-{os.getpid()}"):
    search = Search(api, key, run)
    while search.is_running():
        label = search.claim(client)
        if label is None:
            time.sleep(WAIT_SECONDS)
            continue
        model_file = None
        if label["modelPath"]:
            model_file = f"cell_{label['index']}.py"
            with open(model_file, "wb") as file:
                file.write(search.send("GET", label["modelPath"]))
        try:
            answer = label_of(label, model_file)
        except Exception as error:  # whatever it is, the search should know and go on
            search.tell(label["index"], failed=True, reason=repr(error))
            continue
        search.tell(label["index"], **answer)
        print(f"{label['architecture']}: {answer}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
