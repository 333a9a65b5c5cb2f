using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Llm.Caching;

/// <summary>
/// A recording: a file of JSON Lines that says who answered and then, one line each, the outcomes of the prompts of a run. Faults that pass
/// are not in it: another call followed. A run that is resumed goes on in its file.
/// </summary>
public sealed class RecordingFile : IAnswerStore
{
    private const string CurrentFormat = "pelnas-recording/2";

    private readonly string _file;
    private readonly bool _isReplayed;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CachedAnswer> _answers = [];

    private RecordingFile(string file, bool isReplayed, Header header)
    {
        _file = file;
        _isReplayed = isReplayed;

        // A replay does not know the address, so that a recording may not either: both have to come to the same hashes.
        Proposer = new ChatClientMetadata(header.Provider, defaultModelId: header.Model);
    }

    /// <summary>Who answered.</summary>
    public ChatClientMetadata Proposer { get; }

    /// <summary>Opens a recording to play it again.</summary>
    /// <exception cref="RecordingException">The file is missing or no recording.</exception>
    public static RecordingFile OpenToReplay(string file) => Guard(file, "read", () =>
    {
        string[] lines = LinesOf(file);
        RecordingFile recording = new(file, isReplayed: true, HeaderOf(file, lines));
        recording.Read(lines);
        return recording;
    });

    /// <summary>Opens a recording to continue it, or begins one.</summary>
    /// <param name="proposer">Who answers.</param>
    /// <exception cref="RecordingException">The file cannot be written, is no recording, or one of another proposer.</exception>
    public static RecordingFile OpenToRecord(string file, ChatClientMetadata? proposer)
    {
        Header header = new(CurrentFormat, proposer?.ProviderName ?? "unknown", proposer?.DefaultModelId);
        RecordingFile recording = new(file, isReplayed: false, header);
        if (Guard(file, "read", () => File.Exists(file) && !PendingFile.IsPlain(file)))
        {
            throw new RecordingException(file, "is no plain file, which a search that is resumed could go on in");
        }

        string[] lines = Guard(file, "read", () => File.Exists(file) ? LinesOf(file) : [""]);
        if (lines is [""])
        {
            recording.Append(header);
            return recording;
        }

        if (Guard(file, "read", () => HeaderOf(file, lines)) is var found && found != header)
        {
            throw new RecordingException(file, $"is of {found.Provider}/{found.Model}, and the proposer is "
                + $"{header.Provider}/{header.Model}");
        }

        Guard(file, "read", () => recording.Read(lines));
        Guard(file, "written", () => EndLastLine(file, isHeader: lines.Length == 1));
        return recording;
    }

    /// <summary>
    /// The outcome of a prompt, in a replay. While it is recorded nothing is: the answers of searches have a store of their own, which
    /// knows who has paid.
    /// </summary>
    /// <inheritdoc/>
    public Task<string?> GetAnswerAsync(string promptHash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CachedAnswer? answer = _isReplayed ? _answers.GetValueOrDefault(promptHash) : null;
        return Task.FromResult(answer is null ? null : PelNasJson.Serialize(answer));
    }

    /// <summary>Writes the outcome of a prompt. The first one stays.</summary>
    /// <inheritdoc/>
    /// <exception cref="RecordingException">The file cannot be written.</exception>
    public Task PutAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken)
    {
        CachedAnswer kept = PelNasJson.Deserialize<CachedAnswer>(answer);
        lock (_gate)
        {
            if (_answers.TryAdd(promptHash, kept))
            {
                Append(new Turn(promptHash, kept));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// The client behind a replay: it refuses what is not in the recording. Results name it as a replay of the recorded proposer.
    /// </summary>
    internal IChatClient RefuseTheRest() => new UnrecordedChatClient(_file, Proposer);

    private void Append<T>(T line) => Guard(_file, "written", () => File.AppendAllText(_file, PelNasJson.Serialize(line) + "\n"));

    // What stands behind the last line break is empty, or was not written to its end.
    private static string[] LinesOf(string file) => File.ReadAllText(file).Split('\n');

    private static Header HeaderOf(string file, string[] lines)
        => PelNasJson.Deserialize<Header>(lines[0]) is { Format: CurrentFormat } header ? header
        : throw new RecordingException(file, $"has another format than {CurrentFormat}, which this program reads");

    private void Read(string[] lines)
    {
        // The last line may have been cut off by a killed process.
        int count = _isReplayed && IsTurn(lines[^1]) ? lines.Length : lines.Length - 1;
        for (int i = 1; i < count; i++)
        {
            Turn turn = PelNasJson.Deserialize<Turn>(lines[i]);
            if (turn.Answer is { InputTokens: < 0 or > int.MaxValue } or { OutputTokens: < 0 or > int.MaxValue })
            {
                throw new RecordingException(_file, $"has a count of tokens in line {i + 1} that no answer has");
            }

            _answers.TryAdd(turn.Hash, turn.Answer);
        }
    }

    private static bool IsTurn(string line)
    {
        try
        {
            PelNasJson.Deserialize<Turn>(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// Cuts off a last line that was not written to its end, since the next one would be written on to it. Of a header only its end is
    /// missing.
    /// </summary>
    private static void EndLastLine(string file, bool isHeader)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        stream.SetLength(isHeader ? bytes.Length : Array.LastIndexOf(bytes, (byte)'\n') + 1);
        if (isHeader)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    private static void Guard(string file, string verb, Action work) => Guard(file, verb, () =>
    {
        work();
        return true;
    });

    private static T Guard<T>(string file, string verb, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (JsonException exception)
        {
            throw new RecordingException(file, $"is no recording ({exception.Message.TrimEnd('.')})", exception);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new RecordingException(file, $"cannot be {verb} ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    /// <summary>First line.</summary>
    private sealed record Header(string Format, string Provider, string? Model);

    /// <summary>Any other line.</summary>
    private sealed record Turn(string Hash, CachedAnswer Answer);

    private sealed class UnrecordedChatClient(string file, ChatClientMetadata recorded)
        : LocalChatClient(Replayed(recorded), ModelPrice.Free("replay"))
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => throw new ProposerFault(
                FaultKind.NotRecorded,
                $"The recording '{file}' has no answer to this prompt: it is of another request, seed, budget or version of the program. "
                + "Replay with those that it was recorded with.").ToException();

        private static ChatClientMetadata Replayed(ChatClientMetadata recorded) => new(
            $"replay of {UntrustedText.Line(recorded.ProviderName!, 40)}",
            defaultModelId: recorded.DefaultModelId is { } model ? UntrustedText.Line(model, 128) : null);
    }
}

/// <summary>A recording cannot be read or written.</summary>
public sealed class RecordingException(string file, string problem, Exception? cause = null)
    : Exception($"The recording '{file}' {problem}. Give another file.", cause);
