using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;

namespace PelNas.Shared.Llm.Recording;

/// <summary>
/// Writes what came of every prompt to a file, one line each, from which <see cref="ReplayChatClient"/> plays the run again. Stands
/// outermost, so that answers from the cache are in it too. A run that is resumed goes on in its file.
/// </summary>
internal sealed class RecordingChatClient : DelegatingChatClient
{
    private readonly string _file;
    private readonly ChatClientMetadata _metadata;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _written = [];

    /// <exception cref="RecordingException">The file cannot be written, is no recording, or one of another proposer.</exception>
    public RecordingChatClient(IChatClient inner, string file)
        : base(inner)
    {
        _file = file;
        ChatClientMetadata? proposer = inner.GetService<ChatClientMetadata>();
        RecordingHeader header = new(RecordingHeader.CurrentFormat, proposer?.ProviderName ?? "unknown", proposer?.DefaultModelId);

        // What a replay knows of the proposer, so that both come to the same hashes: the address is not in the file.
        _metadata = new ChatClientMetadata(header.Provider, defaultModelId: header.Model);
        if (File.Exists(file) && new FileInfo(file).Length > 0)
        {
            (RecordingHeader found, Dictionary<string, RecordedTurn> turns) = RecordingFile.Read(file);
            if (found != header)
            {
                throw new RecordingException(file, $"is of {found.Provider}/{found.Model}, and the proposer is {header.Provider}/{header.Model}");
            }

            if (RecordingFile.DropTornLine(file))
            {
                (_, turns) = RecordingFile.Read(file);
            }

            _written.UnionWith(turns.Keys);
        }
        else
        {
            Append(RecordingFile.Line(header));
        }
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        string hash = PromptHash.Of(_metadata, prompt, options);
        try
        {
            ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken);
            Write(new RecordedTurn { Hash = hash, Answer = CachedAnswer.Of(response), IsFree = FreeAnswer.Is(response) });
            return response;
        }
        catch (BadAnswerException exception)
        {
            Write(new RecordedTurn { Hash = hash, Fault = exception.Fault.Kind, Message = exception.Message });
            throw;
        }
        catch (BudgetExhaustedException exception)
        {
            Write(new RecordedTurn { Hash = hash, StopReason = exception.StopReason });
            throw;
        }
    }

    private void Write(RecordedTurn turn)
    {
        lock (_gate)
        {
            if (_written.Add(turn.Hash))
            {
                Append(RecordingFile.Line(turn));
            }
        }
    }

    private void Append(string line)
    {
        try
        {
            File.AppendAllText(_file, line + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new RecordingException(_file, $"cannot be written ({exception.Message.TrimEnd('.')})", exception);
        }
    }
}
