"""A small bot on discord.py: /apply opens a form, the form is answered privately with a button, and the button
makes a private channel. Takes DISCORD_API_URL (".../api"), DISCORD_TOKEN and DISCORD_GUILD_ID. Apart from the
address nothing in it knows that the server is pretended."""

import json
import os
import urllib.request

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

# discord.py has both addresses built in: the REST base, and the gateway it never asks for.
Route.BASE = os.environ["DISCORD_API_URL"] + "/v10"
with urllib.request.urlopen(Route.BASE + "/gateway") as found:
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(json.load(found)["url"])
GUILD = discord.Object(int(os.environ["DISCORD_GUILD_ID"]))


class Form(discord.ui.Modal, title="Apply"):
    library = discord.ui.TextInput(label="Your library")

    async def on_submit(self, interaction: discord.Interaction):
        await interaction.response.send_message(f"Received: {self.library.value}", view=Open(), ephemeral=True)


class Open(discord.ui.View):
    @discord.ui.button(label="Open my channel", custom_id="open", style=discord.ButtonStyle.primary)
    async def open(self, interaction: discord.Interaction, _button: discord.ui.Button):
        await interaction.response.defer()
        guild, person = interaction.guild, interaction.user
        both = discord.PermissionOverwrite(view_channel=True, send_messages=True)
        overwrites = {
            guild.default_role: discord.PermissionOverwrite(view_channel=False),
            guild.me: both,
            person: both,
        }
        channel = await guild.create_text_channel("pair ana", overwrites=overwrites)
        await channel.send(f"Welcome, {person.mention}!", allowed_mentions=discord.AllowedMentions(users=[person]))
        await interaction.edit_original_response(content="Your channel is open.", view=None)


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        @self.tree.command(name="apply", description="Apply to the program", guild=GUILD)
        async def apply(interaction: discord.Interaction):
            await interaction.response.send_modal(Form())

        await self.tree.sync(guild=GUILD)

    async def on_ready(self):
        print(f"discord.py: ready as {self.user}", flush=True)


Bot().run(os.environ["DISCORD_TOKEN"])
