"""A small mentorship bot on Bolt for Python in Socket Mode, unchanged but for the address of the API.

Started by the sandbox's example `slack_sdk`; needs `pip install -r requirements.txt` first.
"""

import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=client)


def plain(text):
    return {"type": "plain_text", "text": text}


def option(value, label):
    return {"value": value, "text": plain(label)}


@app.command("/mentorship")
def apply(ack, body, client):
    ack()
    client.views_open(
        trigger_id=body["trigger_id"],
        view={
            "type": "modal",
            "callback_id": "apply",
            "title": plain("Apply"),
            "submit": plain("Send"),
            "blocks": [
                {
                    "type": "input",
                    "block_id": "goals",
                    "label": plain("Your goals"),
                    "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
                },
                {
                    "type": "input",
                    "block_id": "role",
                    "label": plain("I am a"),
                    "element": {
                        "type": "static_select",
                        "action_id": "pick",
                        "options": [option("mentee", "Mentee"), option("mentor", "Mentor")],
                    },
                },
            ],
        },
    )


@app.view("apply")
def submitted(ack, view, body, client):
    goals = view["state"]["values"]["goals"]["text"]["value"]
    if len(goals) < 5:
        ack(response_action="errors", errors={"goals": "A little more, please."})
        return
    ack()
    button = {"type": "button", "action_id": "ready", "text": plain("I am ready"), "value": "7", "style": "primary"}
    client.chat_postMessage(
        channel=body["user"]["id"],
        text="Thank you. Are you ready?",
        blocks=[
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Thank you.* Are you ready?"}},
            {"type": "actions", "elements": [button]},
        ],
    )


@app.action("ready")
def ready(ack, body, client, respond):
    ack()
    ana = body["user"]["id"]
    grace = next(member for member in client.users_list()["members"] if member["name"] == "grace")["id"]
    channel = client.conversations_create(name="pair-ana-grace", is_private=True)["channel"]["id"]
    client.conversations_invite(channel=channel, users=[ana, grace])
    upload = client.files_upload_v2(channel=channel, filename="agenda.txt", content="Say hello", title="Agenda")
    assert upload["ok"]
    client.chat_postMessage(
        channel=channel,
        text=f"<@{ana}> meet <@{grace}>",
        metadata={"event_type": "introduction", "event_payload": {"key": "intro:7"}},
    )
    respond(replace_original=True, text="Your channel is open.")


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
