using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;

namespace PelNas.Functions.Chat;

/// <summary>
/// Where a secret setting comes from. The environment, which app settings and resolved Key Vault references are part of, and user
/// secrets are private; a settings file is copied and committed, and a command line stands in every process list.
/// </summary>
internal static class SecretSource
{
    private const string UserSecretsFile = "secrets.json";

    /// <summary>Why a secret may not come from where it does, or null.</summary>
    public static string? WhyNot(IConfiguration configuration, string key) => Provider(configuration, key) switch
    {
        CommandLineConfigurationProvider =>
            "stands on the command line, where every process list shows it; set it in the environment (PelNas__Chat__ApiKey), in user "
                + "secrets or as a Key Vault reference",
        FileConfigurationProvider { Source.Path: { } path } when Path.GetFileName(path) != UserSecretsFile =>
            $"stands in the settings file {Path.GetFileName(path)}; move it to the environment (PelNas__Chat__ApiKey), to user "
                + "secrets or to a Key Vault reference",
        _ => null,
    };

    /// <summary>The provider whose value is in force: the last one that has the key.</summary>
    private static IConfigurationProvider? Provider(IConfiguration configuration, string key)
    {
        IConfigurationProvider? last =
            (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(key, out _));
        return last is ChainedConfigurationProvider chained ? Provider(chained.Configuration, key) : last;
    }
}
