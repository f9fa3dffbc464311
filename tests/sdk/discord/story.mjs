// A small bot on discord.js: /apply opens a form, the form is answered privately with a button, and the button
// makes a private channel. Takes DISCORD_API_URL (".../api"), DISCORD_TOKEN and DISCORD_GUILD_ID. Nothing in it
// knows that the server is pretended.
import {
    ActionRowBuilder, ButtonBuilder, ButtonStyle, ChannelType, Client, Events, GatewayIntentBits, MessageFlags,
    ModalBuilder, PermissionFlagsBits as Can, SlashCommandBuilder, TextInputBuilder, TextInputStyle,
} from "discord.js";

const { DISCORD_API_URL: api, DISCORD_TOKEN: token, DISCORD_GUILD_ID: guildId } = process.env;
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });

client.once(Events.ClientReady, async (ready) => {
    const apply = new SlashCommandBuilder().setName("apply").setDescription("Apply to the program");
    await ready.application.commands.set([apply.toJSON()], guildId);
    console.log(`discord.js: ready as ${ready.user.tag}`);
});

function form() {
    const library = new TextInputBuilder().setCustomId("library").setLabel("Your library").setStyle(TextInputStyle.Short);
    return new ModalBuilder().setCustomId("apply").setTitle("Apply")
        .addComponents(new ActionRowBuilder().addComponents(library));
}

async function openChannel(interaction) {
    await interaction.deferUpdate();
    const { guild, user } = interaction;
    const both = [Can.ViewChannel, Can.SendMessages];
    const channel = await guild.channels.create({
        name: "pair ana",
        type: ChannelType.GuildText,
        permissionOverwrites: [
            { id: guild.roles.everyone.id, deny: [Can.ViewChannel] },
            { id: interaction.client.user.id, allow: both },
            { id: user.id, allow: both },
        ],
    });
    await channel.send({ content: `Welcome, ${user}!`, allowedMentions: { users: [user.id] } });
    await interaction.editReply({ content: "Your channel is open.", components: [] });
}

client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isChatInputCommand()) return interaction.showModal(form());
    if (interaction.isModalSubmit()) {
        const open = new ButtonBuilder().setCustomId("open").setLabel("Open my channel").setStyle(ButtonStyle.Primary);
        return interaction.reply({
            content: `Received: ${interaction.fields.getTextInputValue("library")}`,
            components: [new ActionRowBuilder().addComponents(open)],
            flags: MessageFlags.Ephemeral,
        });
    }
    if (interaction.isButton()) return openChannel(interaction);
});

process.on("unhandledRejection", (error) => {
    console.error(error);
    process.exit(1);
});
await client.login(token);
