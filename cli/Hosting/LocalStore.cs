using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Cli.Commands;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Rows.Sqlite;

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
            ServeCommand.HistoryPath(dataDirectory),
            LogLevel.Warning,
            settings: new Dictionary<string, string?>(),
            store);

    /// <summary>The file of an embedded store that is not there, which reading would create; null for any other store.</summary>
    public static string? MissingFile(IHost app) => MissingFile(app.Services.GetRequiredService<IRowStore>());

    /// <inheritdoc cref="MissingFile(IHost)"/>
    public static string? MissingFile(IRowStore store)
        => store is SqliteRowStore { Location: var file } && !File.Exists(file) ? file : null;
}
