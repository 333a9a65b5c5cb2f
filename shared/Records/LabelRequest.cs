namespace PelNas.Shared.Records;

/// <summary>Who brings the labels of a search.</summary>
public static class LabelProviders
{
    /// <summary>The benchmark's table, at once.</summary>
    public const string Table = "table";

    /// <summary>The user: each label is requested and told.</summary>
    public const string You = "you";

    /// <summary>This program, which trains the networks.</summary>
    public const string Training = "training";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Table, You, Training];
}

/// <summary>Where the labels of a search come from.</summary>
public sealed record LabelRequest
{
    /// <summary>One of <see cref="LabelProviders"/>.</summary>
    public string By { get; init; } = LabelProviders.Table;

    /// <summary>Pixels of a side of an image, for a data set that is not one of the benchmark's.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Number of classes, for a data set that is not one of the benchmark's.</summary>
    public int? Classes { get; init; }

    /// <summary>Hours that the search waits without being told a label. After them it ends with what it has.</summary>
    public double DeadlineHours { get; init; } = 168;

    /// <summary>How networks are trained here; null unless <see cref="By"/> says so.</summary>
    public TrainingRequest? Training { get; init; }
}

/// <summary>How a search trains networks for its labels.</summary>
public sealed record TrainingRequest
{
    /// <summary>Folder of images: its full path, or over HTTP the name of one that the server offers.</summary>
    public string Images { get; init; } = "";

    /// <summary>C: channels of the first stage.</summary>
    public int Channels { get; init; } = 8;

    /// <summary>N: cells of each of the three stages.</summary>
    public int CellsPerStage { get; init; } = 1;

    /// <summary>Passes over the training images.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Images of a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Most images to train and validate on; null for all.</summary>
    public int? MaxImages { get; init; } = 6000;

    /// <summary>Minutes of training, summed over all networks, after which no more labels are chosen; null for no limit.</summary>
    public double? Minutes { get; init; }
}
