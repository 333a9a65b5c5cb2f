using Microsoft.Extensions.Configuration;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Cli.Commands;

/// <summary>
/// Options that choose who proposes. They win over the settings; the key has no option, since every process list would show it.
/// </summary>
internal sealed class ProposerOptions
{
    private static readonly (string Setting, string Option)[] Settings =
    [
        (nameof(ChatProviderOptions.Provider), "--proposer"),
        (nameof(ChatProviderOptions.Model), "--model"),
        (nameof(ChatProviderOptions.Endpoint), "--endpoint"),
    ];

    private readonly Option<string?> _provider = new("--proposer")
    {
        Description = $"Who proposes: {string.Join(", ", ChatProviders.Names)} (default: the settings, else offline)",
        HelpName = "NAME",
        CustomParser = result => CommonOptions.OneOf(result, "--proposer", ChatProviders.Names),
    };

    private readonly Option<string?> _model = CommonOptions.Text("--model", "Model, or deployment on Azure OpenAI", "NAME");

    private readonly Option<string?> _endpoint = CommonOptions.Text(
        "--endpoint", "Base address of the service; https unless on this machine", "URL");

    /// <summary>The options, to be added to a command.</summary>
    public IReadOnlyList<Option> All => [_provider, _model, _endpoint];

    /// <summary>What is wrong with a setting, with the option that sets it where there is one.</summary>
    public static string NameOption(string problem)
    {
        string setting = problem.Split(": ")[0];
        return Settings.FirstOrDefault(one => setting == Key(one.Setting)).Option is { } option
            ? $"{option} ({setting}){problem[setting.Length..]}"
            : problem;
    }

    /// <summary>Refuses options that would change nothing, since the proposer is offline.</summary>
    /// <param name="given">The settings that options made.</param>
    /// <param name="all">These and those of the environment.</param>
    /// <exception cref="UsageException">One of them would.</exception>
    public static void RequireUsed(IReadOnlyDictionary<string, string?> given, IConfiguration all)
    {
        if (all[Key(nameof(ChatProviderOptions.Provider))] is { Length: > 0 } provider && provider != ChatProviders.Offline)
        {
            return;
        }

        if (Settings.Skip(1).FirstOrDefault(setting => given.GetValueOrDefault(Key(setting.Setting)) is not null).Option is { } option)
        {
            throw new UsageException($"{option} would be ignored, since the offline proposer asks nobody; give --proposer too.");
        }
    }

    /// <summary>Those that were given, as settings.</summary>
    public Dictionary<string, string?> Read(ParseResult parsed)
    {
        Option<string?>[] options = [_provider, _model, _endpoint];
        return Settings.Zip(options, (setting, option) => (Key: Key(setting.Setting), Value: parsed.GetValue(option)))
            .Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Key, setting => setting.Value);
    }

    private static string Key(string setting) => $"{ChatProviderOptions.Section}:{setting}";
}
