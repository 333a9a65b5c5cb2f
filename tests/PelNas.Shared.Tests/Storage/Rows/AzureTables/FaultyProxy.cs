using System.Net.Sockets;

namespace PelNas.Shared.Tests.Storage.Rows.AzureTables;

/// <summary>
/// Stands between a client and the emulator, passes requests on over connections of its own, and does to some of them what networks and
/// busy services do. It speaks plain HTTP/1.1, one request a connection.
/// </summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly Func<ProxiedRequest, Fault> _choose;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _requests;
    private int _faults;

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">Address of the service.</param>
    /// <param name="choose">Says for each request what is done to it.</param>
    public FaultyProxy(Uri target, Func<ProxiedRequest, Fault> choose)
    {
        (_target, _choose) = (target, choose);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients find the service.</summary>
    public Uri Address { get; }

    /// <summary>Requests that have come.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Requests to which something was done.</summary>
    public int Faults => Volatile.Read(ref _faults);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                (string head, byte[] body) = await ReadAsync(stream);
                Interlocked.Increment(ref _requests);
                Fault fault = _choose(new ProxiedRequest(Header(head, "x-ms-client-request-id")!, head.Split(' ')[1]));
                _ = fault is Fault.None || Interlocked.Increment(ref _faults) > 0;
                await ApplyAsync(fault, client, stream, head, body);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The client went away, as one does whose patience is over.
            }
        }
    }

    private async Task ApplyAsync(Fault fault, TcpClient client, NetworkStream stream, string head, byte[] body)
    {
        switch (fault)
        {
            case Fault.None:
                await stream.WriteAsync(await ForwardAsync(head, body, body.Length), _stop.Token);
                break;
            case Fault.Refused refused:
                await stream.WriteAsync(Encoding.ASCII.GetBytes(refused.Answer), _stop.Token);
                break;
            case Fault.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                break;
            case Fault.ResetHalfWay:
                await ForwardAsync(head, body, body.Length / 2);
                Reset(client);
                break;
            case Fault.AnswerLost:
                await ForwardAsync(head, body, body.Length);
                Reset(client);
                break;
            case Fault.AnswerCut:
                byte[] answer = await ForwardAsync(head, body, body.Length);
                await stream.WriteAsync(answer.AsMemory(0, answer.Length - 10), _stop.Token);
                Reset(client);
                break;
        }
    }

    /// <summary>Sends the first bytes of a request to the service, and returns the answer if they were all.</summary>
    private async Task<byte[]> ForwardAsync(string head, byte[] body, int count)
    {
        using TcpClient service = new();
        await service.ConnectAsync(_target.Host, _target.Port, _stop.Token);
        NetworkStream stream = service.GetStream();
        int firstLine = head.IndexOf("\r\n", StringComparison.Ordinal) + 2;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Insert(firstLine, "Connection: close\r\n")), _stop.Token);
        await stream.WriteAsync(body.AsMemory(0, count), _stop.Token);
        if (count < body.Length)
        {
            Reset(service);
            return [];
        }

        using MemoryStream answer = new();
        await stream.CopyToAsync(answer, _stop.Token);
        return answer.ToArray();
    }

    private async Task<(string Head, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n'))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Add(one[0]);
        }

        string text = Encoding.ASCII.GetString([.. head]);
        byte[] body = new byte[int.Parse(Header(text, "Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return (text, body);
    }

    private static string? Header(string head, string name)
        => head.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static void Reset(TcpClient client)
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();
    }
}

/// <summary>A request at the proxy.</summary>
/// <param name="Id">The client's id of the request, the same when it is tried again.</param>
/// <param name="Path">Path and query.</param>
public sealed record ProxiedRequest(string Id, string Path)
{
    /// <summary>Whether it is a batch of operations.</summary>
    public bool IsBatch => Path.Contains("$batch", StringComparison.Ordinal);

    /// <summary>Whether it creates a table.</summary>
    public bool CreatesTable => Path.EndsWith("/Tables", StringComparison.Ordinal) || Path.Contains("/Tables?", StringComparison.Ordinal);
}
