using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Cli.Hosting;
using PelNas.Local.Host;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas serve</c>: runs the whole app on this machine.</summary>
internal static class ServeCommand
{
    /// <summary>The history of all searches of the app with this data folder.</summary>
    public static string HistoryPath(string dataDirectory) => Path.Combine(dataDirectory, "serve.db");

    public static Command Create()
    {
        Option<int> port = NumberOptions.Whole("--port", "TCP port; 0 for a free one", 7071, 0, 65_535);
        Option<string> address = CommonOptions.Text(
            "--address", "IP address to listen on; the default is reached from this machine only", "IP", "127.0.0.1");
        Option<string> data = CommonOptions.Data();
        Option<string> tables = CommonOptions.Tables();
        Option<string?> store = CommonOptions.Store();
        Command command = new(
            "serve",
            """
            Run the whole app on this machine: page, HTTP API, schedules and orchestrations.

            The API is under /api, and the page to watch searches on under /api/page. Requests need the function key that the first start
            writes to keys.json in the data folder (header x-functions-key); the page asks for it. A host for development and for one
            machine: for more, deploy the same functions to Azure (docs/deploy.md).
            """)
        {
            port, address, data, tables, store,
        };
        ProposerOptions proposer = new();
        command.AddAll(proposer.All);

        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            string directory = parsed.GetValue(data)!;
            if (!IPAddress.TryParse(parsed.GetValue(address), out _))
            {
                throw new UsageException(
                    $"--address: '{parsed.GetValue(address)}' is not an IP address; give one such as 127.0.0.1, or 0.0.0.0 for all.");
            }

            using IHost host = LocalApp.Build(
                directory,
                parsed.GetValue(tables)!,
                HistoryPath(directory),
                LogLevel.Information,
                proposer.Read(parsed),
                parsed.GetValue(store),
                options => (options.Port, options.Address) = (parsed.GetValue(port), parsed.GetValue(address)!));
            await StartAsync(host, parsed.GetValue(address)!, parsed.GetValue(port), cancellationToken);
            Uri bound = LocalHost.AddressOf(host.Services);
            Console.Out.WriteLine($"listening on {bound}api");
            Console.Out.WriteLine($"page {bound}api/page");
            Console.Out.WriteLine($"key \"default\" in {Path.Combine(directory, "keys.json")}");
            await host.WaitForShutdownAsync(cancellationToken);
            await ThrowIfFailedAsync(host);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task StartAsync(IHost host, string address, int port, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new UsageException($"--port: {port} is in use; give another, or 0 for a free one.");
        }
        catch (SocketException exception)
        {
            throw new UsageException(
                $"--address and --port: {address}, port {port}, cannot be listened on ({exception.Message}); give an address of this "
                    + "machine, and a port that you may use.");
        }
    }

    /// <summary>The host stops as if told to when one of its services fails; what it failed with is the command's error.</summary>
    private static async Task ThrowIfFailedAsync(IHost host)
    {
        foreach (BackgroundService service in host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true } failed)
            {
                await failed;
            }
        }
    }
}
