<?php
// Run with the name of a reader and files: prints what it makes of each, as JSON.
require '/usr/share/php/Symfony/Component/Dotenv/autoload.php';
require '/usr/share/php/Dotenv/autoload.php';

$readers = [
    'symfony' => fn (string $file) => (new Symfony\Component\Dotenv\Dotenv())->parse(file_get_contents($file), $file),
    'phpdotenv' => fn (string $file) => Dotenv\Dotenv::createArrayBacked(dirname($file))->load(),
];
$read = $readers[$argv[1]];
$answers = array_map(function (string $file) use ($read) {
    try {
        return ['values' => (object) $read($file)];
    } catch (Throwable $error) {
        return ['error' => $error->getMessage()];
    }
}, array_slice($argv, 2));
echo json_encode($answers, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE);
