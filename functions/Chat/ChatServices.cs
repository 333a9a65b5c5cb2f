using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Shared.Llm;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Chat;

/// <summary>The configured LLM, behind <see cref="IChatClient"/>.</summary>
internal static class ChatServices
{
    /// <summary>Adds it. A chat client that the caller has already added stays. Settings are checked at the start of the app.</summary>
    public static IServiceCollection AddChat(this IServiceCollection services)
    {
        services.AddOptions<ChatProviderOptions>().BindConfiguration(ChatProviderOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ChatProviderOptions>, ChatSettingsCheck>();
        services.TryAddSingleton(provider => new ChatPipeline(
            new OfflineChatClient(provider.GetRequiredService<ISearchSpace>(), name => provider.GetRequiredService<BenchmarkCatalog>().SpaceInUse(name)),
            provider.GetRequiredService<IAnswerStore>(),
            () => ChatIdentity.Of(provider.GetRequiredService<IConfiguration>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<ChatPipeline>().Create(
            provider.GetRequiredService<IOptions<ChatProviderOptions>>().Value));
        return services;
    }
}
