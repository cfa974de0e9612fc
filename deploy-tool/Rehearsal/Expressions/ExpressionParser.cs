using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Rehearsal.Expressions;

/// <summary>
/// Reads an expression: literals, names, member access, functions
/// (learn.microsoft.com/azure/devops/pipelines/process/expressions#literals).
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaxDepth = 50;

    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <exception cref="FormatException">The text is not an expression; the message says what is wrong and where.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        var expression = parser.ReadExpression();
        parser.SkipSpace();
        return parser._at == text.Length ? expression : throw parser.Unexpected();
    }

    private Expression ReadExpression()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"the expression is nested deeper than {MaxDepth} levels");
        }

        var expression = ReadPrimary();
        while (true)
        {
            SkipSpace();
            if (Take('['))
            {
                SkipSpace();
                expression = Take('*') ? new Expression.Each(expression) : new Expression.Member(expression, ReadExpression());
                Require(']');
            }
            else if (Take('.'))
            {
                expression = Take('*')
                    ? new Expression.Each(expression)
                    : new Expression.Member(expression, new Expression.Literal(Value.Of(ReadName())));
            }
            else
            {
                _depth--;
                return expression;
            }
        }
    }

    private Expression ReadPrimary()
    {
        SkipSpace();
        if (_at == _text.Length)
        {
            throw new FormatException("an expression ends too early");
        }

        var c = _text[_at];
        if (c == '\'')
        {
            return new Expression.Literal(Value.Of(ReadText()));
        }

        if (c is '-' or '.' || char.IsAsciiDigit(c))
        {
            return new Expression.Literal(ReadNumber());
        }

        var name = ReadName();
        SkipSpace();
        if (Take('('))
        {
            return new Expression.Call(name, ReadArguments());
        }

        return name.ToUpperInvariant() switch
        {
            "TRUE" => new Expression.Literal(Value.True),
            "FALSE" => new Expression.Literal(Value.False),
            "NULL" => new Expression.Literal(Value.Null),
            _ => new Expression.Name(name),
        };
    }

    private List<Expression> ReadArguments()
    {
        var arguments = new List<Expression>();
        SkipSpace();
        if (Take(')'))
        {
            return arguments;
        }

        do
        {
            arguments.Add(ReadExpression());
            SkipSpace();
        }
        while (Take(','));
        Require(')');
        return arguments;
    }

    /// <summary>A text in single quotes; a quote in it is written twice.</summary>
    private string ReadText()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != '\'')
            {
                text.Append(_text[_at]);
            }
            else if (_at + 1 < _text.Length && _text[_at + 1] == '\'')
            {
                text.Append('\'');
                _at++;
            }
            else
            {
                _at++;
                return text.ToString();
            }
        }

        throw new FormatException("a text lacks its closing quote");
    }

    /// <summary>A number, or a version such as 1.2.3.</summary>
    private Value ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '-' or '+'))
        {
            _at++;
        }

        var word = _text[start.._at];
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new NumberValue(number);
        }

        return Version.TryParse(word, out _) ? Value.Of(word) : throw new FormatException($"'{word}' is neither a number nor a version");
    }

    private string ReadName()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Unexpected();
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Require(char c)
    {
        SkipSpace();
        if (!Take(c))
        {
            throw new FormatException(_at == _text.Length ? $"'{c}' is missing at the end" : $"'{c}' is expected instead of '{_text[_at]}' at character {_at + 1}");
        }
    }

    private FormatException Unexpected() =>
        new(_at == _text.Length ? "an expression ends too early" : $"'{_text[_at]}' is not expected at character {_at + 1}");
}
