using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PelNas.Cli.Hosting;

/// <summary>
/// The app with its store, for verbs that need nothing else of the app. The app is built, so that its settings count, and not started.
/// </summary>
internal static class LocalStore
{
    /// <summary>Builds the app.</summary>
    public static IHost Build(string dataDirectory, string? store)
        => LocalApp.Build(
            dataDirectory,
            tablesDirectory: "",
            Path.Combine(dataDirectory, "serve.db"),
            LogLevel.Warning,
            settings: new Dictionary<string, string?>(),
            store);
}
