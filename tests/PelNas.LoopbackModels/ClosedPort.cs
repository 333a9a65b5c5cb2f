using System.Net;
using System.Net.Sockets;

namespace PelNas.LoopbackModels;

/// <summary>
/// A port of this machine at which nobody listens. It is held, so that no server that starts meanwhile is given it: a port that was only
/// free a moment ago may be.
/// </summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_holder.LocalEndPoint!).Port}/");

    public void Dispose() => _holder.Dispose();
}
