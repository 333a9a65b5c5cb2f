using Microsoft.Extensions.Configuration;

namespace PelNas.Functions.Chat;

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
