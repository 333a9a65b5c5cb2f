using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary>Options of a search whose labels are not the table's.</summary>
internal sealed class TrainingOptions
{
    private static readonly TrainingRequest Defaults = new();

    private readonly Option<string?> _images = CommonOptions.Text(
        "--images",
        "Train for labels on the images of this folder: idx files (MNIST family), CIFAR's binary files, or a folder of images for each "
            + "class",
        "DIR");

    private readonly Option<double?> _minutes = NumberOptions.Optional(
        "--train-minutes", "With --images: minutes of training, summed over all networks, after which the search ends",
        "N", "a number over 0, such as 30");

    private readonly Option<int?> _epochs = NumberOptions.OptionalWhole(
        "--epochs", $"With --images: passes over the training images (default {Defaults.Epochs})", 1, 1000);

    private readonly Option<int?> _channels = NumberOptions.OptionalWhole(
        "--channels", $"With --images: C of the networks (default {Defaults.Channels})", 1, NetworkShape.MaxChannels);

    private readonly Option<int?> _cells = NumberOptions.OptionalWhole(
        "--cells", $"With --images: N of the networks (default {Defaults.CellsPerStage})", 1, NetworkShape.MaxCells);

    private readonly Option<int?> _batch = NumberOptions.OptionalWhole(
        "--batch", $"With --images: images of a step (default {Defaults.BatchSize})", 2, 1024);

    private readonly Option<int?> _maxImages = NumberOptions.OptionalWhole(
        "--max-images", $"With --images: most images to train and validate on, drawn by the seed (default {Defaults.MaxImages})",
        ImageFolder.MinImages);

    private readonly Option<int?> _imageSize = NumberOptions.ImageSize(
        "With --images or --trainer: pixels of a side of an image (default: as the images are)");

    private readonly Option<int?> _classes = NumberOptions.OptionalWhole(
        "--classes", "With --trainer: number of classes of a data set that is not one of the benchmark's", 2);

    private readonly Option<string?> _trainer = CommonOptions.Text(
        "--trainer",
        "Get labels from a command that prints JSON with \"accuracy\" in its last line; {model}, {index}, {architecture} and {seed} stand "
            + "for what to train",
        "COMMAND");

    private readonly Option<int> _parallel = NumberOptions.Whole("--parallel", "With --trainer: commands at the same time", 1, 1, 64);

    public IReadOnlyList<Option> All
        => [_images, _minutes, _epochs, _channels, _cells, _batch, _maxImages, _imageSize, _classes, _trainer, _parallel];

    /// <summary>Those that belong to the request, which a run that is resumed keeps.</summary>
    public IReadOnlyList<Option> OfRequest => [.. All.Except(OfTrainer)];

    /// <summary>Those that are given again when a run is resumed.</summary>
    public IReadOnlyList<Option> OfTrainer => [_trainer, _parallel];

    /// <summary>The command that trains, and how many of it run at once.</summary>
    public (string? Command, int Parallel) Trainer(ParseResult parsed)
    {
        Require(parsed, parsed.GetValue(_trainer) is not null, "--trainer", _parallel);
        return (parsed.GetValue(_trainer), parsed.GetValue(_parallel));
    }

    /// <summary>The data set's name where none is given: that of the folder.</summary>
    public string? DatasetName(ParseResult parsed) => parsed.GetValue(_images) is { } folder
        ? string.Concat(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).ToLowerInvariant()
            .Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            is { Length: > 0 } name ? name[..Math.Min(name.Length, 31)].TrimStart('-', '_') : "images"
        : null;

    /// <summary>What the request says of its labels; null for the table's.</summary>
    public LabelRequest? Read(ParseResult parsed, int seed)
    {
        string? images = parsed.GetValue(_images);
        string? trainer = parsed.GetValue(_trainer);
        if (images is not null && trainer is not null)
        {
            throw new UsageException("--images and --trainer exclude each other: labels come from one or the other.");
        }

        Require(parsed, images is not null, "--images", _minutes, _epochs, _channels, _cells, _batch, _maxImages);
        Require(parsed, trainer is not null, "--trainer", _classes);
        Require(parsed, images is not null || trainer is not null, "--images or --trainer", _imageSize);
        if (trainer is not null)
        {
            return new LabelRequest
            {
                By = LabelProviders.You,
                ImageSize = parsed.GetValue(_imageSize),
                Classes = parsed.GetValue(_classes),
                DeadlineHours = 24 * 365,
            };
        }

        if (images is null)
        {
            return null;
        }

        TrainingRequest training = new()
        {
            Images = Path.GetFullPath(images),
            Channels = parsed.GetValue(_channels) ?? Defaults.Channels,
            CellsPerStage = parsed.GetValue(_cells) ?? Defaults.CellsPerStage,
            Epochs = parsed.GetValue(_epochs) ?? Defaults.Epochs,
            BatchSize = parsed.GetValue(_batch) ?? Defaults.BatchSize,
            MaxImages = parsed.GetValue(_maxImages) ?? Defaults.MaxImages,
            Minutes = parsed.GetValue(_minutes),
        };

        // What the images are is found out here, so that nothing is written for a folder that has none.
        ImageData data = Read(training.Images, parsed.GetValue(_imageSize), training.MaxImages, seed);
        return new LabelRequest { By = LabelProviders.Training, ImageSize = data.Side, Classes = data.Classes, Training = training };
    }

    /// <exception cref="UsageException">The folder cannot be used.</exception>
    public static ImageData Read(string folder, int? side, int? maxImages, int seed)
    {
        try
        {
            return ImageFolder.Read(folder, side, maxImages, seed);
        }
        catch (ImageFolderException exception)
        {
            throw new UsageException($"--images: {exception.Message}");
        }
    }

    private static void Require(ParseResult parsed, bool isThere, string other, params Option[] options)
    {
        if (!isThere && parsed.FirstGiven(options) is { } stray)
        {
            throw new UsageException($"{stray.Name} goes with {other} only.");
        }
    }
}
