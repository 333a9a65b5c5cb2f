using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using PelNas.Cli.Commands;
using PelNas.Functions;
using PelNas.Functions.Chat;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Local.Engine;
using PelNas.Local.Host;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Hosting;

/// <summary>Builds the Functions app on the local host, in this process.</summary>
internal static class LocalApp
{
    /// <summary>Builds the app.</summary>
    /// <param name="dataDirectory">Folder of the embedded store and of what the host keeps.</param>
    /// <param name="tablesDirectory">Folder of the benchmark tables; empty for those that ship.</param>
    /// <param name="historyPath">File of the orchestration history.</param>
    /// <param name="logLevel">Least level that is logged, on stderr.</param>
    /// <param name="settings">Settings that win over those of the environment.</param>
    /// <param name="store">Address of the storage account with the results, or null for what the environment says.</param>
    /// <param name="serve">Sets where HTTP is served, and with it timers run; null for neither.</param>
    public static IHost Build(
        string dataDirectory,
        string tablesDirectory,
        string historyPath,
        LogLevel logLevel,
        IReadOnlyDictionary<string, string?> settings,
        string? store = null,
        Action<LocalHostOptions>? serve = null)
    {
        LocalHostBuilder builder = LocalHost.CreateBuilder([], withHttp: serve is not null);
        builder.Configuration.AddPelNasUserSecrets();
        builder.Configuration.AddInMemoryCollection(settings);
        ProposerOptions.RequireUsed(settings, builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsoleFormatter<PlainConsoleFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console =>
            (console.FormatterName, console.LogToStandardErrorThreshold) = (PlainConsoleFormatter.FormatterName, LogLevel.Trace));
        builder.Logging.SetMinimumLevel(logLevel);

        // What it would log with a stack trace is what the verb fails with, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (logLevel > LogLevel.Information)
        {
            // Likewise for a verb that runs one search; one that serves has many, and nobody waits for any of them.
            builder.Logging.AddFilter("PelNas.Local.Engine", LogLevel.None);
            builder.Logging.AddFilter("DurableTask.Core", LogLevel.None);
        }

        builder.Services.Configure<LocalHostOptions>(host =>
        {
            host.FunctionTypes = typeof(SearchOrchestrator).Assembly.GetTypes();
            host.DataDirectory = dataDirectory;
            host.EnableTimers = serve is not null;
            serve?.Invoke(host);
        });
        builder.Services.Configure<EngineOptions>(durable => durable.HistoryPath = historyPath);
        builder.Services.Configure<PelNasOptions>(
            options => (options.DataDirectory, options.TablesDirectory) = (dataDirectory, tablesDirectory));
        builder.UsePelNas();
        if (store is not null)
        {
            // After the settings of the environment, which it takes the place of.
            builder.Services.Configure<StorageOptions>(options => StoreAddress.SetAccount(options, store));
        }

        builder.Services.AddPelNasTelemetry(builder.Configuration);
        return builder.Build();
    }
}
