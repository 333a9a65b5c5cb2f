using System.CommandLine;
using PelNas.Shared.Chat.Providers;

namespace PelNas.Cli.Commands;

/// <summary>Options that choose who proposes. They win over the settings; the key has no option, since every process list would show it.</summary>
internal sealed class ProposerOptions
{
    private readonly Option<string?> _provider = new("--proposer") { Description = $"Who proposes: {string.Join(", ", ChatProviders.Names)} (default: the settings, else offline)", HelpName = "NAME" };
    private readonly Option<string?> _model = new("--model") { Description = "Model, or deployment on Azure OpenAI", HelpName = "NAME" };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "Base address of the service; https unless on this machine", HelpName = "URL" };

    /// <summary>The options, to be added to a command.</summary>
    public IReadOnlyList<Option> All => [_provider, _model, _endpoint];

    /// <summary>Those that were given, as settings.</summary>
    public Dictionary<string, string?> Read(ParseResult parsed)
    {
        Dictionary<string, string?> settings = [];
        Set(nameof(ChatProviderOptions.Provider), parsed.GetValue(_provider));
        Set(nameof(ChatProviderOptions.Model), parsed.GetValue(_model));
        Set(nameof(ChatProviderOptions.Endpoint), parsed.GetValue(_endpoint));
        return settings;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                settings[$"{ChatProviderOptions.Section}:{name}"] = value;
            }
        }
    }
}
