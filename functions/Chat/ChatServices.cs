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
            new OfflineChatClient(
                provider.GetRequiredService<ISearchSpace>(), name => provider.GetRequiredService<BenchmarkCatalog>().SpaceInUse(name)),
            provider.GetRequiredService<IAnswerStore>(),
            () => ChatIdentity.Of(provider.GetRequiredService<IConfiguration>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<ChatPipeline>().Create(
            provider.GetRequiredService<IOptions<ChatProviderOptions>>().Value));
        return services;
    }
}

/// <summary>
/// Refuses chat settings that would fail at the first call, and a key that lies where others can read it, at the start of the app.
/// </summary>
internal sealed class ChatSettingsCheck(IConfiguration configuration) : IValidateOptions<ChatProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatProviderOptions options)
    {
        List<string> faults = [.. ChatProviderOptionsCheck.Check(options)
            .Select(error => $"{ChatProviderOptions.Section}:{error.Field}: {error.Message}")];
        if (options.ApiKey.Length > 0 && SecretSource.WhyNot(configuration, ChatProviderOptions.ApiKeySetting) is { } reason)
        {
            faults.Add($"{ChatProviderOptions.ApiKeySetting}: {reason}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

/// <summary>The developer's secrets on the own machine: <c>dotnet user-secrets --id pelnas set PelNas:Chat:ApiKey ...</c>.</summary>
public static class UserSecrets
{
    /// <summary>Adds them below everything else, so that the environment wins over them.</summary>
    public static void AddPelNasUserSecrets(this IConfigurationBuilder configuration)
    {
        IConfigurationBuilder secrets = new ConfigurationBuilder().AddUserSecrets(typeof(UserSecrets).Assembly, optional: true);
        configuration.Sources.Insert(0, secrets.Sources[0]);
    }
}
