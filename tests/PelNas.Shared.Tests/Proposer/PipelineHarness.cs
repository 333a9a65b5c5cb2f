using Microsoft.Extensions.Logging.Testing;
using PelNas.Shared.Llm;
using PelNas.Shared.Tests.Llm.Providers;

namespace PelNas.Shared.Tests.Proposer;

/// <summary>All clients around a real SDK client, on a real store, against a server of this machine, on a hurried clock.</summary>
internal sealed class PipelineHarness : IAsyncDisposable
{
    public const string RunId = "20260301-120000-test";

    private const int Hurry = 200;

    private readonly IChatClient _client;

    private PipelineHarness(string provider, LoopbackModel model, Action<ChatProviderOptions>? configure)
    {
        Model = model;
        ChatProviderOptions options = Samples.Options(provider, model);

        // Long enough in real time for a busy machine; a case that wants a time-out sets a short one.
        options.Timeout = TimeSpan.FromMinutes(30);
        configure?.Invoke(options);
        Pipeline = new ChatPipeline(
            new ScriptedChatClient(_ => throw new InvalidOperationException("A provider is set.")),
            Answers,
            () => throw new InvalidOperationException("A key was set."),
            new HurriedTimeProvider(Hurry),
            LoggerFactory.Create(builder => builder.AddProvider(new FakeLoggerProvider(Log))));
        _client = Pipeline.CreateUncached(options);
    }

    public LoopbackModel Model { get; }

    public ChatPipeline Pipeline { get; }

    public AnswerRepository Answers { get; } = new(new MemoryRowStore(), TimeProvider.System);

    /// <summary>What the account of the calls says, as it was written last.</summary>
    public SpendingRow Spending { get; private set; } = new() { Partition = 0, Generation = 1 };

    public FakeLogCollector Log { get; } = new();

    public static async Task<PipelineHarness> StartAsync(
        string provider, Func<ReceivedRequest, ModelTurn> script, Action<ChatProviderOptions>? configure = null, bool tls = false)
        => new(provider, await LoopbackModel.StartAsync(script, tls), configure);

    /// <summary>Asks once on the account of the run.</summary>
    public Task<ChatResponse> AskAsync(string text = "Propose.", int? partition = null)
    {
        ChatOptions options = new()
        {
            MaxOutputTokens = 500,
            Seed = 1,
            ResponseFormat = ChatResponseFormat.ForJsonSchema<ReasonerAnswer>(ChatJson.Options, nameof(ReasonerAnswer)),
        };
        new ChatCall(RunId, partition, new SpendingAccount(RunId, Allowance.Unlimited, Spending, SaveAsync)).AddTo(options);
        return _client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "You are the architect."), new ChatMessage(ChatRole.User, text)], options, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Model.DisposeAsync();
    }

    private Task<bool> SaveAsync(SpendingRow spending)
    {
        Spending = spending;
        return Task.FromResult(true);
    }
}
