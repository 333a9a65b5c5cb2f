using System.Net;
using System.Net.Sockets;

namespace PelNas.LoopbackModels;

/// <summary>A host that drops what is sent to it, as a firewall does: neither a refusal nor an answer.</summary>
public sealed class SilentHost : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    private SilentHost()
    {
    }

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    /// <summary>Fills the queue of connections that nobody takes, until one more has to wait: from then on each is dropped.</summary>
    /// <param name="patience">How long a connection waits before it counts as dropped.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<SilentHost> StartAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        SilentHost host = new();
        host._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        host._listener.Listen(0);
        while (await host.TakesOneMoreAsync(patience, cancellationToken))
        {
        }

        return host;
    }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    private async Task<bool> TakesOneMoreAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Add(socket);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await socket.ConnectAsync(_listener.LocalEndPoint!, limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
