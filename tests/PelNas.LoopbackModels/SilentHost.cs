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
    public static SilentHost Start(TimeSpan patience)
    {
        SilentHost host = new();
        host._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        host._listener.Listen(0);
        while (host.TakesOneMore(patience))
        {
        }

        return host;
    }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    /// <summary>The system itself is asked, which knows of a connection that was taken however late this thread comes to look.</summary>
    private bool TakesOneMore(TimeSpan patience)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        _waiting.Add(socket);
        try
        {
            socket.Connect(_listener.LocalEndPoint!);
            return true;
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return socket.Poll(patience, SelectMode.SelectWrite);
        }
    }
}
