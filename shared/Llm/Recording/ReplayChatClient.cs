using System.Diagnostics;
using Microsoft.Extensions.AI;
using PelNas.Shared.Common;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Recording;

/// <summary>Answers from a recording: no network, no cost. Results name it as a replay of the recorded proposer.</summary>
internal sealed class ReplayChatClient : IChatClient
{
    private static readonly ModelPrice Free = ModelPrice.Free("replay");

    private readonly string _file;
    private readonly ChatClientMetadata _recorded;
    private readonly ChatClientMetadata _metadata;
    private readonly Dictionary<string, RecordedTurn> _turns;

    /// <exception cref="RecordingException">The file is missing or no recording.</exception>
    public ReplayChatClient(string file)
    {
        _file = file;
        (RecordingHeader header, _turns) = RecordingFile.Read(file);
        _recorded = new ChatClientMetadata(header.Provider, defaultModelId: header.Model);
        _metadata = new ChatClientMetadata($"replay of {UntrustedText.Line(header.Provider, 40)}", defaultModelId: header.Model is null ? null : UntrustedText.Line(header.Model, 128));
    }

    /// <inheritdoc/>
    /// <exception cref="ProposerRefusedException">The recording has no answer to the prompt.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Activity? span = ChatSpans.Start(_recorded, AnswerSources.Replay);
        string hash = PromptHash.Of(_recorded, messages, options);
        return _turns.TryGetValue(hash, out RecordedTurn? turn)
            ? Task.FromResult(turn.Replay(ChatCall.In(options)?.RunId ?? ""))
            : throw new ProposerFault(
                FaultKind.NotRecorded,
                $"The recording '{_file}' has no answer to this prompt: it is of another request, seed, budget or version of the program. Replay with those that it was recorded with.").ToException();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("A replay answers whole; nothing in a search streams.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType switch
    {
        _ when serviceKey is not null => null,
        _ when serviceType == typeof(ChatClientMetadata) => _metadata,
        _ when serviceType == typeof(ModelPrice) => Free,
        _ when serviceType?.IsInstanceOfType(this) == true => this,
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
