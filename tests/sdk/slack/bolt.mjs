// A small mentorship bot on Bolt for JavaScript in Socket Mode, unchanged but for the address of the API.
// Started by the sandbox's example `slack_sdk`; needs `npm install` in this folder first.
import bolt from "@slack/bolt";

const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const plain = (text) => ({ type: "plain_text", text });
const option = (value, label) => ({ value, text: plain(label) });

app.command("/mentorship", async ({ ack, body, client }) => {
  await ack();
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: "modal",
      callback_id: "apply",
      title: plain("Apply"),
      submit: plain("Send"),
      blocks: [
        { type: "input", block_id: "goals", label: plain("Your goals"), element: { type: "plain_text_input", action_id: "text", multiline: true } },
        { type: "input", block_id: "role", label: plain("I am a"), element: { type: "static_select", action_id: "pick", options: [option("mentee", "Mentee"), option("mentor", "Mentor")] } },
      ],
    },
  });
});

app.view("apply", async ({ ack, view, body, client }) => {
  const goals = view.state.values.goals.text.value;
  if (goals.length < 5) {
    return ack({ response_action: "errors", errors: { goals: "A little more, please." } });
  }
  await ack();
  await client.chat.postMessage({
    channel: body.user.id,
    text: "Thank you. Are you ready?",
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: "*Thank you.* Are you ready?" } },
      { type: "actions", elements: [{ type: "button", action_id: "ready", text: plain("I am ready"), value: "7", style: "primary" }] },
    ],
  });
});

app.action("ready", async ({ ack, body, client, respond }) => {
  await ack();
  const { members } = await client.users.list();
  const grace = members.find((member) => member.name === "grace");
  const { channel } = await client.conversations.create({ name: "pair-ana-grace", is_private: true });
  await client.conversations.invite({ channel: channel.id, users: `${body.user.id},${grace.id}` });
  await client.chat.postMessage({
    channel: channel.id,
    text: `<@${body.user.id}> meet <@${grace.id}>`,
    metadata: { event_type: "introduction", event_payload: { key: "intro:7" } },
  });
  await respond({ replace_original: true, text: "Your channel is open." });
});

await app.start();
