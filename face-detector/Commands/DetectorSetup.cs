using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary>The options that choose a model and how it runs, shared by the commands that detect, and what is made of them.</summary>
internal sealed class DetectorSetup
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A name of the catalogue (see models list), or the path of an .onnx file. Default: the catalogue's default.",
        HelpName = "MODEL",
    };

    private readonly Option<int> _inputSide = new("--input-side")
    {
        Description = $"Pixels of the longer side of the model's input, a multiple of {InputShape.Grain}; larger finds smaller faces.",
        HelpName = "PIXELS",
        DefaultValueFactory = _ => new InferenceOptions().InputSide,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads that share one run of the model.",
        HelpName = "N",
        DefaultValueFactory = _ => new InferenceOptions().IntraOpThreads,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        AddRuntimeTo(command);
    }

    /// <summary>As <see cref="AddTo"/> for a command that takes its models as arguments.</summary>
    public void AddRuntimeTo(Command command)
    {
        command.Options.Add(_inputSide.Between(1, int.MaxValue));
        command.Options.Add(_threads.Between(1, int.MaxValue));
    }

    /// <exception cref="CommandException">There is no such model here, or an option is out of range.</exception>
    /// <exception cref="InvalidModelException">The model is damaged.</exception>
    public FaceDetector Load(ParseResult parsed) => Load(parsed, parsed.GetValue(_model));

    /// <param name="parsed">Holds the other options.</param>
    /// <param name="model">A name of the catalogue or a path; null for the catalogue's default.</param>
    /// <inheritdoc cref="Load(ParseResult)"/>
    public FaceDetector Load(ParseResult parsed, string? model)
    {
        var options = new InferenceOptions { InputSide = parsed.GetValue(_inputSide), IntraOpThreads = parsed.GetValue(_threads) };
        if (options.Validate("Detector") is { Count: > 0 } faults)
        {
            throw new CommandException(string.Join(Environment.NewLine, faults));
        }

        var lookup = ModelProvider.FromEnvironment().Find(model);
        return FaceDetector.Load(lookup.Model ?? throw new CommandException(lookup.Missing!), options);
    }

    /// <summary>The backend that <c>Imaging__Backend</c> asks for, or the best that loads.</summary>
    /// <exception cref="CommandException">The value is not allowed, or what it asks for does not load.</exception>
    public static IImagingBackend SelectImaging()
    {
        try
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            var options = configuration.GetSection(ImagingOptions.Section).Get<ImagingOptions>() ?? new ImagingOptions();
            return ImagingBackends.Select(options).Backend;
        }
        catch (InvalidOperationException exception)
        {
            throw new CommandException(exception.Message, exception);
        }
    }
}
