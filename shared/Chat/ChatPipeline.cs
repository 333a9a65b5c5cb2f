using Azure.Core;
using Microsoft.Extensions.AI;
using PelNas.Shared.Chat.Offline;
using PelNas.Shared.Chat.Providers;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat;

/// <summary>Puts the chat client of the configured provider together with the clients around it.</summary>
public sealed class ChatPipeline(ISearchSpace space, IRunStore store, Func<TokenCredential> credential)
{
    /// <summary>Makes the client that a search asks.</summary>
    /// <param name="options">Valid options (<see cref="ChatProviderOptionsCheck"/>).</param>
    public IChatClient Create(ChatProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PromptCacheChatClient(Provider(options), store);
    }

    private IChatClient Provider(ChatProviderOptions options) => options.Provider == ChatProviders.Offline
        ? new OfflineChatClient(space)
        : new NamedChatClient(ChatClientFactory.Create(options, ProviderHttp.Create(), credential), options.Provider, options.Model);
}
