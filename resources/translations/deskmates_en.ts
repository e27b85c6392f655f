<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n fields need a look</source>
        <translation>
            <numerusform>%n field needs a look</numerusform>
            <numerusform>%n fields need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Use at most %n characters.</source>
        <translation>
            <numerusform>Use at most %n character.</numerusform>
            <numerusform>Use at most %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live now</source>
        <translation>
            <numerusform>%n live now</numerusform>
            <numerusform>%n live now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Starts in %n min</source>
        <translation>
            <numerusform>Starts in %n min</numerusform>
            <numerusform>Starts in %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Use at least %n characters. A short sentence works well.</source>
        <translation>
            <numerusform>Use at least %n character. A short sentence works well.</numerusform>
            <numerusform>Use at least %n characters. A short sentence works well.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At least %n characters. A short sentence works well.</source>
        <translation>
            <numerusform>At least %n character. A short sentence works well.</numerusform>
            <numerusform>At least %n characters. A short sentence works well.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With %1 and %n more</source>
        <translation>
            <numerusform>With %1 and %n more</numerusform>
            <numerusform>With %1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of your minutes</source>
        <translation>
            <numerusform>%n of your minutes</numerusform>
            <numerusform>%n of your minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1” begins in %n min. You can go in now.</source>
        <translation>
            <numerusform>“%1” begins in %n min. You can go in now.</numerusform>
            <numerusform>“%1” begins in %n min. You can go in now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 on %n days</source>
        <translation>
            <numerusform>%1 on %n day</numerusform>
            <numerusform>%1 on %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people joined</source>
        <translation>
            <numerusform>%n person joined</numerusform>
            <numerusform>%n people joined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people left</source>
        <translation>
            <numerusform>%n person left</numerusform>
            <numerusform>%n people left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people raised a hand</source>
        <translation>
            <numerusform>%n person raised a hand</numerusform>
            <numerusform>%n people raised a hand</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more people. Show everybody</source>
        <translation>
            <numerusform>%n more person. Show everybody</numerusform>
            <numerusform>%n more people. Show everybody</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No connection to %n people</source>
        <translation>
            <numerusform>No connection to %n person</numerusform>
            <numerusform>No connection to %n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>on %n days</source>
        <translation>
            <numerusform>on %n day</numerusform>
            <numerusform>on %n days</numerusform>
        </translation>
    </message>
</context>
</TS>
