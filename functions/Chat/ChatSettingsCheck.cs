using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Functions.Chat;

/// <summary>Refuses chat settings that would fail at the first call, and a key that lies where others can read it, at the start of the app.</summary>
internal sealed class ChatSettingsCheck(IConfiguration configuration) : IValidateOptions<ChatProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatProviderOptions options)
    {
        List<string> faults = [.. ChatProviderOptionsCheck.Check(options).Select(error => $"{ChatProviderOptions.Section}:{error.Field}: {error.Message}")];
        if (options.ApiKey.Length > 0 && SecretSource.WhyNot(configuration, ChatProviderOptions.ApiKeySetting) is { } reason)
        {
            faults.Add($"{ChatProviderOptions.ApiKeySetting}: {reason}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
