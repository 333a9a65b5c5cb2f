using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using PelNas.Shared.Chat.Faults;
using PelNas.Shared.Chat.Providers;

namespace PelNas.Shared.Tests.Chat.Faults;

/// <summary>A host that drops what is sent to it, as a firewall does: neither a refusal nor an answer.</summary>
public sealed class NoConnectionTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    [Theory]
    [InlineData(ChatProviders.AzureOpenAI)]
    [InlineData(ChatProviders.OpenAI)]
    [InlineData(ChatProviders.Ollama)]
    public async Task A_connection_that_is_never_taken_is_unreachable_and_costs_nothing(string provider)
    {
        ChatProviderOptions options = new()
        {
            Provider = provider,
            Endpoint = $"http://127.0.0.1:{await ListenWithFullBacklogAsync()}",
            Model = "m",
            ApiKey = provider == ChatProviders.Ollama ? "" : "key",
            Timeout = TimeSpan.FromMinutes(5),
        };
        using HttpClient http = ProviderHttp.Create(TimeProvider.System, Limit);
        using ProviderFaultChatClient client = new(
            ChatClientFactory.Create(options, http, () => throw new InvalidOperationException("A key was set.")), options, TimeProvider.System);

        ProposerUnavailableException exception = await Should.ThrowAsync<ProposerUnavailableException>(
            () => client.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken));

        (exception.Fault.Kind, exception.Fault.MayBeBilled).ShouldBe((FaultKind.Unreachable, false));
        exception.Message.ShouldContain("firewall");
    }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    /// <summary>Fills the queue of connections that nobody takes, until one more has to wait: from then on each is dropped.</summary>
    private async Task<int> ListenWithFullBacklogAsync()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        EndPoint address = _listener.LocalEndPoint!;
        bool isFull = false;
        while (!isFull)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _waiting.Add(socket);
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Limit);
            try
            {
                await socket.ConnectAsync(address, patience.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                isFull = true;
            }
        }

        return ((IPEndPoint)address).Port;
    }
}
