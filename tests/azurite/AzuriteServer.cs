using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PelNas.Tests.Azurite;

/// <summary>A running Azurite that keeps everything in memory and listens on free ports of this machine.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string Folder = "azurite";

    // The emulator's published account: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task _drained;

    private AzuriteServer(Process process, Uri blobs, Uri queues, Uri tables)
    {
        (_process, Blobs, Queues, Tables) = (process, blobs, queues, tables);
        // Nobody reads on, and a full pipe would stop it.
        _drained = Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), process.StandardError.BaseStream.CopyToAsync(Stream.Null));
    }

    /// <summary>Root of the blob service.</summary>
    public Uri Blobs { get; }

    /// <summary>Root of the queue service.</summary>
    public Uri Queues { get; }

    /// <summary>Root of the table service.</summary>
    public Uri Tables { get; }

    /// <summary>The connection string, with the addresses of the servers themselves or of something in front of the tables.</summary>
    public string ConnectionString(Uri? tables = null) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"TableEndpoint={tables ?? Tables}{Account};BlobEndpoint={Blobs}{Account};QueueEndpoint={Queues}{Account};";

    /// <summary>Installs the emulator if need be, starts it and waits until it says that it listens.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing, or the emulator did not start.</exception>
    public static async Task<AzuriteServer> StartAsync(CancellationToken cancellationToken = default)
    {
        string script = Path.Combine(await NodePackages.EnsureAsync(Folder, cancellationToken), "azurite", "dist", "src", "azurite.js");
        Process process = NodePackages.Start(new ProcessStartInfo(
            "node",
            [
                "--require", Path.Combine(AppContext.BaseDirectory, Folder, "exit-with-parent.js"), script, "--inMemoryPersistence",
                "--skipApiVersionCheck", "--silent", "--disableTelemetry",
                "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0", "--tableHost",
                "127.0.0.1", "--tablePort", "0",
            ]));
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            Dictionary<string, Uri> services = [];
            while (!(services.ContainsKey("Blob") && services.ContainsKey("Queue") && services.ContainsKey("Table")))
            {
                string line = await process.StandardOutput.ReadLineAsync(patience.Token)
                    ?? throw new InvalidOperationException(
                        $"Azurite ended before it listened: {await process.StandardError.ReadToEndAsync(patience.Token)}");
                if (Listening().Match(line) is { Success: true } match)
                {
                    services[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
                }
            }

            return new AzuriteServer(process, services["Blob"], services["Queue"], services["Table"]);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends the emulator; what it held is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _drained;
        _process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>\S+)$")]
    private static partial Regex Listening();
}
